package org.example.flows.shape;

import android.app.Activity;
import android.os.Bundle;
import android.util.Log;
import org.example.flows.Device;

/** A base class calls what its children define; one child is clean. */
public class Template extends Activity {
    abstract static class Report {
        final Activity screen;

        Report(Activity screen) {
            this.screen = screen;
        }

        void make() {
            write(title() + ": " + content());
        }

        String title() {
            return "report";
        }

        abstract String content();

        abstract void write(String text);
    }

    static class Card extends Report {
        Card(Activity screen) {
            super(screen);
        }

        @Override
        String content() {
            return Device.phone(screen).getSimSerialNumber();
        }

        @Override
        void write(String text) {
            Log.d("card", text);
        }
    }

    static class Plain extends Report {
        Plain(Activity screen) {
            super(screen);
        }

        @Override
        String content() {
            return "plain";
        }

        @Override
        void write(String text) {
            Log.d("plain", text);
        }
    }

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        new Card(this).make();
        new Plain(this).make();
    }
}
