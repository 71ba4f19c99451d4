package org.example.flows.basic;

import android.app.Activity;
import android.os.Bundle;
import android.util.Log;
import org.example.flows.Device;

public class ObjectPart extends Activity {
    static class Person {
        String name;
        String number;
    }

    static class Envelope {
        final Person person = new Person();
    }

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Envelope envelope = new Envelope();
        envelope.person.name = "nobody";
        envelope.person.number = Device.phone(this).getLine1Number();
        Person alias = envelope.person;
        Log.d("person", alias.number);
    }
}
