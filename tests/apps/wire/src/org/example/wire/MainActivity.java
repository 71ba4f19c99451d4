package org.example.wire;

import android.app.Activity;
import android.os.Bundle;
import android.util.Log;

import org.json.JSONObject;

import java.io.PrintWriter;

public class MainActivity extends Activity {
    private String lastName;
    private String lastPlace;
    private int count;

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        lastName = getIntent().getStringExtra("a");
        lastPlace = getIntent().getStringExtra("b");
        try {
            Log.d("x", Writers.write(Writers.parse(new JSONObject(lastName))) + "" + Writers.patrol(lastName, 1, 2)
                    + Writers.patrolOf(new JSONObject(lastPlace)) + Writers.xml(lastName) + Writers.parsed(getResources().getXml(0))
                    + Writers.soap(lastName, lastPlace) + Writers.body(lastName, lastPlace) + Writers.form(lastName, lastPlace)
                    + Writers.query(lastName, lastPlace) + Writers.joined(lastName, count++) + Writers.report(lastName, lastPlace)
                    + Writers.silent() + Writers.read(lastName).tenants + Writers.read(lastName).closest.workPlace + Writers.vehicle(lastName).getPlate()
                    + Writers.vehicle(lastName).getOwner() + Writers.shaped(lastPlace).homeAddress);
            Writers.csv(new PrintWriter(lastName), Writers.read(lastName).tenants.get(0));
        } catch (Exception e) {
            finish();
        }
        Log.d("y", new Case().getNumber() + new Pupil().name + new Fever().name + new Track().getDeviceId());
    }
}
