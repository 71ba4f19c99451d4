package org.example.rules;

import android.app.Activity;
import android.os.Bundle;
import android.util.Log;
import android.widget.TextView;

import org.json.JSONObject;

public class MainActivity extends Activity {
    private Person person;
    private Face face;
    private Face other;

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        person = new Person();
        face = new Face();
        other = new Face();
        person.set(getIntent().getAction(), getIntent().getFlags(), getIntent().getFlags(), getIntent().getPackage(), new Person());
        TextView name = new TextView(this);
        try {
            Judge.show(person, name);
            Judge.reply(this, new JSONObject(getIntent().getAction()), name, name);
            Judge.relatives(person);
            Judge.faith(person, name);
            Log.d("a", Judge.alike(face, other) + Judge.child(person) + person.flagged + Judge.check(person, name, getIntent().getAction(), 1, 2));
        } catch (Exception e) {
            finish();
        }
    }
}
