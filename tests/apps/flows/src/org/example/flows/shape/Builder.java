package org.example.flows.shape;

import android.app.Activity;
import android.os.Bundle;
import android.util.Log;
import org.example.flows.Device;

/** A value object made by a builder of the app. */
public class Builder extends Activity {
    static final class Person {
        private final String name;
        private final String number;

        private Person(Made made) {
            name = made.name;
            number = made.number;
        }

        String name() {
            return name;
        }

        String number() {
            return number;
        }
    }

    static final class Made {
        private String name;
        private String number;

        Made name(String given) {
            name = given;
            return this;
        }

        Made number(String given) {
            number = given;
            return this;
        }

        Person build() {
            return new Person(this);
        }
    }

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Person person = new Made().name("nobody").number(Device.phone(this).getLine1Number()).build();
        told(person);
        named(person);
    }

    private static void told(Person person) {
        Log.d("number", person.number());
    }

    private static void named(Person person) {
        Log.d("name", person.name());
    }
}
