package org.example

import android.app.Activity
import android.os.Bundle

class Main : Activity() {
    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        setContentView(R.layout.person)
    }
}
