package org.example;

import android.app.AlertDialog;
import android.content.DialogInterface;
import android.content.Intent;
import android.net.Uri;
import android.os.Bundle;
import android.view.View;
import android.widget.TextView;
import com.bigkoo.pickerview.builder.OptionsPickerBuilder;
import com.bigkoo.pickerview.builder.TimePickerBuilder;
import com.bigkoo.pickerview.listener.OnOptionsSelectListener;
import com.bigkoo.pickerview.listener.OnTimeSelectListener;
import com.lxj.xpopup.XPopup;
import com.lxj.xpopup.interfaces.OnSelectListener;
import java.text.SimpleDateFormat;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.json.JSONObject;

public class Main extends android.app.Activity implements View.OnClickListener {
    private TextView tvNation;
    private TextView tvBirth;
    private TextView tvEdu;
    private TextView tvUnit;
    private TextView tvMarry;
    private TextView tvArea;
    private TextView tvRel;
    private TextView tvFaith;
    private TextView tvResult;
    private List<String> nations = new ArrayList<>();
    private final String[] edus = {"小学", "初中", "高中"};
    private String[] units = {"载入中"};

    @Override
    protected void onCreate(Bundle bundle) {
        super.onCreate(bundle);
        setContentView(R.layout.form);
        this.tvNation = (TextView) findViewById(R.id.tv_nation);
        this.tvBirth = (TextView) findViewById(R.id.tv_birth);
        this.tvEdu = (TextView) findViewById(R.id.tv_edu);
        this.tvUnit = (TextView) findViewById(R.id.tv_unit);
        this.tvMarry = (TextView) findViewById(R.id.tv_marry);
        this.tvArea = (TextView) findViewById(R.id.tv_area);
        this.tvRel = (TextView) findViewById(R.id.tv_rel);
        this.tvFaith = (TextView) findViewById(R.id.tv_faith);
        this.tvResult = (TextView) findViewById(R.id.tv_result);
        this.nations.add("汉族");
        this.nations.add("维吾尔族");
        findViewById(R.id.row_tv_nation).setOnClickListener(this);
        findViewById(R.id.row_tv_birth).setOnClickListener(this);
        findViewById(R.id.row_tv_edu).setOnClickListener(this);
        findViewById(R.id.row_tv_unit).setOnClickListener(this);
        findViewById(R.id.row_tv_marry).setOnClickListener(this);
        findViewById(R.id.row_tv_area).setOnClickListener(this);
        findViewById(R.id.row_tv_rel).setOnClickListener(this);
        findViewById(R.id.row_tv_faith).setOnClickListener(this);
        findViewById(R.id.save).setOnClickListener(this);
        this.tvResult.setText("无");
        findViewById(R.id.tv_phone).setOnClickListener(new View.OnClickListener() {
            @Override
            public void onClick(View view) {
                String number = ((TextView) findViewById(R.id.tv_phone)).getText().toString();
                startActivity(new Intent(Intent.ACTION_DIAL, Uri.parse("tel:" + number)));
            }
        });
        ((TextView) findViewById(R.id.tv_cache)).setText(CacheSize.of(this));
        findViewById(R.id.row_cache).setOnClickListener(this);
    }

    @Override
    public void onClick(View view) {
        switch (view.getId()) {
            case R.id.row_tv_nation:
                new OptionsPickerBuilder(this, new OnOptionsSelectListener() {
                    @Override
                    public void onOptionsSelect(int i, int i2, int i3, View view2) {
                        Main.this.tvNation.setText((CharSequence) Main.this.nations.get(i));
                    }
                }).build().show();
                return;
            case R.id.row_tv_birth:
                new TimePickerBuilder(this, new OnTimeSelectListener() {
                    @Override
                    public void onTimeSelect(Date date, View view2) {
                        Main.this.tvBirth.setText(new SimpleDateFormat("yyyy-MM-dd").format(date));
                    }
                }).build().show();
                return;
            case R.id.row_tv_edu:
                new AlertDialog.Builder(this).setItems(this.edus, new DialogInterface.OnClickListener() {
                    @Override
                    public void onClick(DialogInterface dialogInterface, int i) {
                        Main.this.tvEdu.setText(Main.this.edus[i]);
                    }
                }).show();
                return;
            case R.id.row_tv_unit:
                new AlertDialog.Builder(this).setItems(this.units, new DialogInterface.OnClickListener() {
                    @Override
                    public void onClick(DialogInterface dialogInterface, int i) {
                        Main.this.tvUnit.setText(Main.this.units[i]);
                    }
                }).show();
                return;
            case R.id.row_tv_marry:
                new XPopup.Builder(this).asBottomList("", new String[]{"未婚", "已婚", "丧偶", "离婚"}, new OnSelectListener() {
                    @Override
                    public void onSelect(int i, String str) {
                        Main.this.tvMarry.setText(str);
                    }
                }).show();
                return;
            case R.id.row_tv_area:
                startActivityForResult(new Intent(this, AreaActivity.class), 100);
                return;
            case R.id.row_tv_rel:
                new ListDialog(this, new ListDialog.OnChosen() {
                    @Override
                    public void chosen(String str) {
                        Main.this.tvRel.setText(str);
                    }
                }).show();
                return;
            case R.id.row_tv_faith:
                new AlertDialog.Builder(this).setSingleChoiceItems(R.array.faiths, 0, new DialogInterface.OnClickListener() {
                    @Override
                    public void onClick(DialogInterface dialogInterface, int i) {
                        Main.this.tvFaith.setText(Main.this.getResources().getStringArray(R.array.faiths)[i]);
                    }
                }).show();
                return;
            case R.id.save:
                try {
                    JSONObject jSONObject = new JSONObject();
                    jSONObject.put("mz", this.tvNation.getText().toString());
                    jSONObject.put("csrq", this.tvBirth.getText().toString());
                    jSONObject.put("whcd", this.tvEdu.getText().toString());
                    jSONObject.put("dw", this.tvUnit.getText().toString());
                    jSONObject.put("hyzk", this.tvMarry.getText().toString());
                    jSONObject.put("hjd", this.tvArea.getText().toString());
                    jSONObject.put("yhzgx", this.tvRel.getText().toString());
                    jSONObject.put("zjxy", this.tvFaith.getText().toString());
                } catch (Exception e) {
                    e.printStackTrace();
                }
                return;
            default:
                return;
        }
    }

    @Override
    protected void onActivityResult(int i, int i2, Intent intent) {
        super.onActivityResult(i, i2, intent);
        if (i == 100 && i2 == -1) {
            this.tvArea.setText(intent.getStringExtra("area"));
        }
    }
}
