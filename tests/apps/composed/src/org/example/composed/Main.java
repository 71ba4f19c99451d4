package org.example.composed;

import android.app.Activity;
import android.os.Bundle;

public class Main extends Activity {
  @Override
  protected void onCreate(Bundle state) {
    super.onCreate(state);
    FormKt.Form(getTitle().toString(), null, state == null ? 0 : 1);
    OtherKt.Quiet(getTitle().toString(), null, state == null ? 0 : 1);
  }
}
