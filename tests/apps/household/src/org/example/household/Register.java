package org.example.household;

import android.app.Activity;
import android.os.Bundle;
import android.view.View;
import android.widget.EditText;
import android.widget.RadioGroup;
import android.widget.TextView;
import org.json.JSONException;
import org.json.JSONObject;
import org.xutils.view.annotation.ContentView;
import org.xutils.view.annotation.Event;
import org.xutils.view.annotation.ViewInject;
import org.xutils.x;

@ContentView(R.layout.activity_register)
public class Register extends Activity {
    @ViewInject(R.id.edt_height)
    private ValidateEidtText height;
    @ViewInject(R.id.tv_degree)
    private TextView degree;
    @ViewInject(R.id.tv_kind)
    private TextView kind;
    @ViewInject(R.id.edt_owner)
    private EditText owner;
    @ViewInject(R.id.tv_news)
    private TextView news;
    @ViewInject(R.id.tv_notice)
    private TextView notice;
    @ViewInject(R.id.rg_tab)
    private RadioGroup tabs;

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        x.inject(this);
        tabs.setOnCheckedChangeListener(new RadioGroup.OnCheckedChangeListener() {
            @Override
            public void onCheckedChanged(RadioGroup group, int checked) {
                boolean first = checked == R.id.rb_a;
                findViewById(R.id.part_a).setVisibility(first ? View.VISIBLE : View.GONE);
                findViewById(R.id.part_b).setVisibility(first ? View.GONE : View.VISIBLE);
            }
        });
        Notices.load(new String[] {"today", "week"}, new Notices.Done() {
            @Override
            public void onSuccess(String text) {
                news.setText(text);
            }
        });
        Notices.ask("door", new Notices.Later() {
            @Override
            public void tell(String text) {
                notice.setText(text);
            }
        });
    }

    @Event(R.id.rl_degree)
    private void pickDegree(View view) {
        new StringWheel(this, new String[] {"小学", "初中", "高中"}, new StringWheel.OnSure() {
            @Override
            public void sure(String text) {
                degree.setText(text);
            }
        }).showAtLocation(view, 80, 0, 0);
    }

    @Event(R.id.tv_kind)
    private void pickKind(View view) {
        new KindsPopup(this, new KindsPopup.OnChosen() {
            @Override
            public void chosen(String text) {
                kind.setText(text);
            }
        }).showAtLocation(view, 80, 0, 0);
    }

    @Event(R.id.tv_back)
    private void save(View view) {
        String tall = height.getText().toString();
        if (tall.isEmpty()) {
            height.setError("empty");
            return;
        }
        JSONObject person = new JSONObject();
        try {
            person.put("sg", tall);
            person.put("whcd", degree.getText().toString());
            person.put("rylb", kind.getText().toString());
        } catch (JSONException error) {
            throw new IllegalStateException(error);
        }
        getPreferences(MODE_PRIVATE).edit().putString("last", person.toString()).apply();
        new Store(this).keep(degree.getText().toString(), kind.getText().toString(), owner.getText().toString());
    }
}
