package org.example.census;

import android.app.Activity;
import android.os.Bundle;
import android.view.View;
import android.widget.ArrayAdapter;
import android.widget.CheckBox;
import android.widget.CompoundButton;
import android.widget.EditText;
import android.widget.Spinner;
import java.io.FileWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

public class PersonActivity extends Activity {
    private final List<String> relations = new ArrayList<>();

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.person);
        relations.add("Head");
        relations.add("Spouse");
        relations.add("Son");
        relations.add("Daughter");
        Spinner spinner = (Spinner) findViewById(R.id.relation);
        spinner.setAdapter(new ArrayAdapter<String>(this, android.R.layout.simple_spinner_item, relations));
        CheckBox foreigner = (CheckBox) findViewById(R.id.foreigner);
        foreigner.setOnCheckedChangeListener(new CompoundButton.OnCheckedChangeListener() {
            @Override
            public void onCheckedChanged(CompoundButton button, boolean checked) {
                if (checked) {
                    findViewById(R.id.passport_row).setVisibility(View.VISIBLE);
                } else {
                    findViewById(R.id.passport_row).setVisibility(View.GONE);
                }
            }
        });
    }

    public void save(View view) {
        Person person = new Person();
        person.setFullName(((EditText) findViewById(R.id.full_name)).getText().toString());
        person.setFaith(((Spinner) findViewById(R.id.faith)).getSelectedItem().toString());
        person.setRelation(((Spinner) findViewById(R.id.relation)).getSelectedItem().toString());
        person.setPassport(((EditText) findViewById(R.id.passport)).getText().toString());
        write(person);
    }

    private void write(Person person) {
        try (FileWriter writer = new FileWriter(getFilesDir() + "/people.csv", true)) {
            writer.write("full_name,faith,relation,passport\n");
            writer.write(person.getFullName() + "," + person.getFaith() + "," + person.getRelation() + "," + person.getPassport() + "\n");
        } catch (IOException error) {
            throw new IllegalStateException(error);
        }
    }
}
