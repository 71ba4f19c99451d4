package org.example.flows.parts;

import android.app.Activity;
import android.app.Fragment;
import android.os.Bundle;
import android.view.LayoutInflater;
import android.view.View;
import android.view.ViewGroup;
import org.example.flows.Device;
import org.example.flows.Net;

public class Pane extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Bundle given = new Bundle();
        given.putString("number", Device.phone(this).getLine1Number());
        Part part = new Part();
        part.setArguments(given);
        getFragmentManager().beginTransaction().add(android.R.id.content, part).commit();
    }

    public static class Part extends Fragment {
        @Override
        public View onCreateView(LayoutInflater inflater, ViewGroup parent, Bundle state) {
            Net.post(getArguments().getString("number"));
            return null;
        }
    }
}
