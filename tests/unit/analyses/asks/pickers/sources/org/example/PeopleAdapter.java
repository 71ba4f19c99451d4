package org.example;

import android.view.LayoutInflater;
import android.view.View;
import android.view.ViewGroup;
import android.widget.BaseAdapter;
import android.widget.TextView;
import java.util.List;
import org.json.JSONObject;

/** Rows of people that the server names; a tap hands the name on, and nobody enters it here. */
public class PeopleAdapter extends BaseAdapter {
    private final List<String> names;
    private JSONObject chosen = new JSONObject();

    public PeopleAdapter(List<String> names) {
        this.names = names;
    }

    public int getCount() {
        return this.names.size();
    }

    public Object getItem(int position) {
        return this.names.get(position);
    }

    public long getItemId(int position) {
        return position;
    }

    public View getView(int position, View old, ViewGroup parent) {
        View row = LayoutInflater.from(parent.getContext()).inflate(R.layout.row_person, parent, false);
        final TextView listed = (TextView) row.findViewById(R.id.tv_listed);
        listed.setText(this.names.get(position));
        row.findViewById(R.id.row_of_person).setOnClickListener(new View.OnClickListener() {
            @Override
            public void onClick(View view) {
                try {
                    PeopleAdapter.this.chosen.put("xm", listed.getText().toString());
                } catch (Exception e) {
                    e.printStackTrace();
                }
            }
        });
        return row;
    }
}
