package org.example.codes;

import android.app.Activity;
import android.os.Bundle;
import android.util.Log;
import android.widget.ArrayAdapter;
import android.widget.Spinner;

import java.io.IOException;

public class MainActivity extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.main);
        String[] names = getResources().getStringArray(R.array.faith_names);
        String[] codes = getResources().getStringArray(R.array.faith_codes);
        Log.d("a", names[0] + codes[0] + getResources().getStringArray(R.array.housing)[0]);
        Log.d("tabs", getResources().getStringArray(R.array.tabs)[0] + getResources().getStringArray(R.array.colours)[0] + getResources().getStringArray(R.array.countries)[0]);
        Spinner spinner = (Spinner) findViewById(R.id.reason);
        spinner.setAdapter(new ArrayAdapter<String>(this, 0, Dict.petitions()));
        int code = getIntent().getIntExtra("code", 0);
        String text = getIntent().getStringExtra("text");
        Log.d("b", Kind.labelOf(code) + Dict.GENDER.get(text) + Dict.VEHICLE.get(code) + Dict.TRAVEL.get(code) + Dict.CRIME[code] + Dict.CRIME_CODE[code]
                + Dict.HEALTH[code][1] + Dict.MIGRANTS.split(",")[code] + Dict.habits() + Dict.welfare() + Dict.unions() + Dict.religionOf(code) + Dict.residence(text)
                + Dict.military(code) + Dict.relation(text) + getString(Dict.status(code)) + Dict.codeOf(text) + Dict.message(code) + Dict.types() + Dict.colours());
        Resident resident = new Resident();
        resident.setKind(code);
        Log.d("c", resident.getName() + resident.getFaith() + resident.getRisk() + resident.getKind() + Risk.valueOf(text) + Risk.Mode.valueOf(text));
        try {
            Log.d("d", "" + getAssets().open("data/nation.json").read() + getAssets().open("data/kin.csv").read());
        } catch (IOException e) {
            finish();
        }
    }
}
