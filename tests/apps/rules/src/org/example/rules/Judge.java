package org.example.rules;

import android.content.Context;
import android.graphics.Color;
import android.os.Vibrator;
import android.view.View;
import android.widget.TextView;

import org.json.JSONObject;

/** Where data becomes a mark. */
class Judge {
    static void show(Person person, TextView name) {
        if ("1".equals(person.getIsWanted())) {
            name.setTextColor(Color.RED);
        } else {
            name.setTextColor(Color.BLACK);
        }
    }

    static void reply(Context context, JSONObject reply, View row, TextView label) {
        int level = reply.optInt("risk_level");
        if (level >= 3) {
            row.setBackgroundColor(context.getResources().getColor(R.color.alarm));
            ((Vibrator) context.getSystemService(Context.VIBRATOR_SERVICE)).vibrate(500);
        }
        if (reply.optString("zdry").equals("Y")) {
            label.setText(R.string.wanted);
        }
    }

    static void relatives(Person person) {
        if ("1".equals(person.getRelative().getIsWanted())) {
            person.flagged = true;
        }
    }

    static void faith(Person person, TextView name) {
        switch (person.getFaith()) {
            case "3":
                name.setTextColor(0xffff8800);
                break;
            default:
                break;
        }
    }

    static boolean alike(Face a, Face b) {
        if (a.similarity(b) > 0.8f) {
            return true;
        }
        return a.confidence >= 75;
    }

    static String child(Person person) {
        if (person.getAge() < 14) {
            return "child";
        } else if (person.getAge() <= 60) {
            return "adult";
        }
        return "old";
    }

    /** Look-alikes: checks of a form, of a connection, of a list; a colour by position. */
    static boolean check(Person person, TextView name, String text, int position, int status) {
        if (person.getFaith() == null || person.getFaith().equals("")) {
            name.setTextColor(Color.RED);
            return false;
        }
        if (text.length() > 20) {
            name.setTextColor(Color.RED);
        }
        if (position == 3) {
            name.setBackgroundColor(Color.BLUE);
        }
        if (status >= 500) {
            name.setText("failed");
        }
        return true;
    }
}
