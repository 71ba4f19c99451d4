package org.example.flows.shape;

import android.app.Activity;
import android.os.Bundle;
import android.util.Log;
import android.util.Xml;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import org.example.flows.Device;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;
import org.json.JSONTokener;
import org.xmlpull.v1.XmlSerializer;

/** Texts made of objects and objects made of texts. */
public class Json extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        try {
            JSONArray rows = new JSONArray();
            rows.put(new JSONObject().put("number", Device.phone(this).getLine1Number()).put("word", "plain"));
            String text = new JSONObject().put("rows", rows).toString();
            JSONObject again = (JSONObject) new JSONTokener(text).nextValue();
            Log.d("json", again.getJSONArray("rows").getJSONObject(0).getString("number"));
        } catch (JSONException problem) {
            finish();
        }
    }

    @Override
    protected void onStop() {
        super.onStop();
        try {
            StringWriter made = new StringWriter();
            XmlSerializer xml = Xml.newSerializer();
            xml.setOutput(made);
            xml.startTag("", "card");
            xml.text(Device.phone(this).getSimSerialNumber());
            xml.endTag("", "card");
            xml.endDocument();
            Log.d("xml", made.toString());
        } catch (IOException problem) {
            finish();
        }
    }

    @Override
    protected void onDestroy() {
        super.onDestroy();
        StringWriter made = new StringWriter();
        PrintWriter printer = new PrintWriter(made);
        printer.printf("%s;", Device.phone(this).getSubscriberId());
        printer.flush();
        StringReader reader = new StringReader(made.toString());
        char[] part = new char[20];
        try {
            reader.read(part);
        } catch (IOException problem) {
            return;
        }
        Log.d("writer", String.valueOf(part));
    }
}
