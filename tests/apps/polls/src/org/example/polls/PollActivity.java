package org.example.polls;

import android.app.Activity;
import android.content.ContentValues;
import android.database.Cursor;
import android.database.sqlite.SQLiteDatabase;
import android.graphics.Color;
import android.os.Bundle;
import android.telephony.TelephonyManager;
import android.view.View;
import android.widget.EditText;
import android.widget.RadioGroup;
import android.widget.TextView;

/** A poll: answers of a group by the id of the button, colours by a state, rows by their columns. */
public class PollActivity extends Activity {
    private static final String[] COLUMNS = {
        "_id", "q_kin", "q_hour", "q_minute", "q_faith", "sent", "seen", "kept"};
    private SQLiteDatabase rows;
    private String kin = "";

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.poll);
        rows = openOrCreateDatabase("polls.db", MODE_PRIVATE, null);
        rows.execSQL("CREATE TABLE IF NOT EXISTS sheet (_id INTEGER, q_kin TEXT, q_hour TEXT, q_minute TEXT, q_faith TEXT, sent TEXT, seen TEXT, kept TEXT)");
        ((RadioGroup) findViewById(R.id.kin)).setOnCheckedChangeListener(new RadioGroup.OnCheckedChangeListener() {
            @Override
            public void onCheckedChanged(RadioGroup group, int checked) {
                if (checked == R.id.kin1) {
                    kin = "Mother";
                } else if (checked == R.id.kin2) {
                    kin = "Father";
                } else if (checked == R.id.kin3) {
                    kin = "Grandmother";
                }
            }
        });
    }

    public void look(View view) {
        TelephonyManager manager = (TelephonyManager) getSystemService(TELEPHONY_SERVICE);
        ((TextView) findViewById(R.id.state)).setText(sim(manager.getSimState()) + shade(view.getId() % 4));
    }

    private static String sim(int state) {
        switch (state) {
            case 1:
                return "SIM absent";
            case 2:
                return "PIN required";
            case 3:
                return "PUK required";
            case 4:
                return "Network locked";
            default:
                return "Not ready";
        }
    }

    private static String shade(int number) {
        switch (number) {
            case 0:
                return "Deep Purple 500";
            case 1:
                return "Light Green 300";
            case 2:
                return "Dark Orange";
            default:
                return "Sky Blue";
        }
    }

    public void save(View view) {
        ContentValues row = new ContentValues();
        row.put("q_kin", kin);
        row.put("q_hour", ((EditText) findViewById(R.id.hour)).getText().toString());
        row.put("q_minute", ((EditText) findViewById(R.id.minute)).getText().toString());
        row.put("q_faith", ((EditText) findViewById(R.id.faith)).getText().toString());
        rows.insert("sheet", null, row);
    }

    public void find(View view) {
        String wanted = ((EditText) findViewById(R.id.faith)).getText().toString();
        Cursor found = rows.query("sheet", COLUMNS, null, null, null, null, null);
        while (found.moveToNext()) {
            if (found.getString(4).equals(wanted)) {
                paint((TextView) findViewById(R.id.state), found.getString(5));
            }
        }
        found.close();
    }

    private static void paint(TextView view, String state) {
        switch (state) {
            case "已批准":
                view.setTextColor(Color.GREEN);
                break;
            case "待审核":
                view.setTextColor(Color.GRAY);
                break;
            case "未批准":
                view.setTextColor(Color.RED);
                break;
            default:
                view.setTextColor(Color.BLACK);
        }
        view.setText(fee(state));
    }

    private static String fee(String kind) {
        if (kind.equals("pupil")) {
            return "150";
        } else if (kind.equals("student")) {
            return "150";
        } else if (kind.equals("pensioner")) {
            return "150";
        }
        return "180";
    }
}
