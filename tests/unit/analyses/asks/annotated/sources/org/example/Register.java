package org.example;
import android.app.Activity;
import android.os.Bundle;
import android.view.View;
import android.widget.*;
import java.util.HashMap;
import org.xutils.view.annotation.*;
@ContentView(R.layout.activity_register)
public class Register extends Activity {
    @ViewInject(R.id.edt_height) private ValidateEidtText edtHeight;
    @ViewInject(R.id.tv_degree) private TextView tvDegree;
    @ViewInject(R.id.tv_news) private TextView tvNews;
    @ViewInject(R.id.tv_notice) private TextView tvNotice;
    @ViewInject(R.id.rg_tab) private RadioGroup rgTab;
    @Override
    protected void onCreate(Bundle bundle) {
        super.onCreate(bundle);
        Views.inject(this);
        rgTab.setOnCheckedChangeListener(new RadioGroup.OnCheckedChangeListener() {
            @Override
            public void onCheckedChanged(RadioGroup group, int checked) {
                if (checked == R.id.rb_a) {
                    findViewById(R.id.part_a).setVisibility(View.VISIBLE);
                    findViewById(R.id.part_b).setVisibility(View.GONE);
                } else if (checked == R.id.rb_b) {
                    findViewById(R.id.part_a).setVisibility(View.GONE);
                    findViewById(R.id.part_b).setVisibility(View.VISIBLE);
                }
            }
        });
        Loader.load(new String[] {"today", "week"}, new Loader.Done() {
            @Override
            public void onSuccess(String text) { tvNews.setText(text); }
        });
        Loader.wait("door", new Loader.Later() {
            @Override
            public void tell(String text) { tvNotice.setText(text); }
        });
    }
    @Event(R.id.rl_degree)
    private void pickDegree(View view) {
        new StringWheel(this, new String[] {"小学", "初中", "高中"}, new StringWheel.OnSure() {
            @Override
            public void sure(String text) { tvDegree.setText(text); }
        }).showAtLocation(view, 80, 0, 0);
    }
    @Event(R.id.tv_kind)
    private void pickKind(View view) {
        new KindsPopup(this, new KindsPopup.OnChosen() {
            @Override
            public void chosen(String text) { ((TextView) findViewById(R.id.tv_kind)).setText(text); }
        }).showAtLocation(view, 80, 0, 0);
    }
    @Event(R.id.tv_back)
    private void save(View view) {
        HashMap<String, String> map = new HashMap<>();
        map.put("sg", edtHeight.getText().toString());
        map.put("whcd", tvDegree.getText().toString());
        Http.post("http://10.0.0.1/api/person", map);
    }
}
