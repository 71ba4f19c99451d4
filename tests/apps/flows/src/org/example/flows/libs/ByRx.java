package org.example.flows.libs;

import android.app.Activity;
import android.os.Bundle;
import io.reactivex.Observable;
import org.example.flows.Device;
import org.example.flows.Net;

public class ByRx extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Observable.just(Device.phone(this).getSubscriberId())
                .map(card -> "card=" + card)
                .subscribe(text -> Net.post(text));
    }
}
