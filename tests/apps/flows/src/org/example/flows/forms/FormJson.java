package org.example.flows.forms;

import android.app.Activity;
import android.os.Bundle;
import android.view.View;
import android.widget.CheckBox;
import android.widget.EditText;
import android.widget.Spinner;
import org.example.flows.Net;
import org.example.flows.R;
import org.json.JSONException;
import org.json.JSONObject;

/** A form whose fields go into one JSON object; the button is named in the layout. */
public class FormJson extends Activity {
    private EditText name;
    private Spinner district;
    private CheckBox member;

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.form);
        name = (EditText) findViewById(R.id.name);
        district = (Spinner) findViewById(R.id.district);
        member = (CheckBox) findViewById(R.id.member);
    }

    public void send(View button) throws JSONException {
        JSONObject record = new JSONObject();
        record.put("name", name.getText().toString().trim());
        record.put("district", district.getSelectedItem());
        record.put("member", member.isChecked());
        JSONObject envelope = new JSONObject();
        envelope.put("record", record);
        Net.post(envelope.toString());
    }
}
