package org.example.patrol;

import android.app.Activity;
import android.os.Bundle;
import android.view.View;
import android.widget.ArrayAdapter;
import android.widget.Button;
import android.widget.EditText;
import android.widget.LinearLayout;
import android.widget.Spinner;
import android.widget.SpinnerAdapter;
import org.example.patrol.bean.Check;
import org.example.patrol.bean.Family;
import org.example.patrol.bean.House;
import org.example.patrol.bean.Phone;
import org.example.patrol.bean.Suspect;
import org.example.patrol.db.HouseDao;
import org.example.patrol.db.PatrolDb;
import org.example.patrol.dict.DictManager;
import org.example.patrol.dict.Zd;
import org.example.patrol.net.Api;
import org.example.patrol.report.ReportWriter;
import org.example.patrol.report.Scan;
import java.io.File;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import org.xutils.DbManager;
import org.xutils.x;

/* JADX INFO: loaded from: classes.dex */
public class MainActivity extends Activity {
    private DbManager.DaoConfig dao = new DbManager.DaoConfig().setDbName("xc.db").setDbVersion(1);
    private Spinner mz;
    private EditText sfzh;
    private EditText xm;

    @Override // android.app.Activity
    protected void onCreate(Bundle bundle) {
        super.onCreate(bundle);
        LinearLayout linearLayout = new LinearLayout(this);
        this.xm = new EditText(this);
        this.xm.setHint("姓名");
        this.sfzh = new EditText(this);
        this.sfzh.setHint("身份证号");
        this.mz = new Spinner(this);
        linearLayout.addView(this.xm);
        linearLayout.addView(this.sfzh);
        linearLayout.addView(this.mz);
        Button button = new Button(this);
        button.setText("保存");
        button.setOnClickListener(new View.OnClickListener() { // from class: org.example.patrol.MainActivity.1
            @Override // android.view.View.OnClickListener
            public void onClick(View view) {
                MainActivity.this.save(view);
            }
        });
        linearLayout.addView(button);
        setContentView(linearLayout);
        try {
            ArrayAdapter arrayAdapter = new ArrayAdapter(this, android.R.layout.simple_spinner_item);
            Iterator<Zd> it = DictManager.mz(this).iterator();
            while (it.hasNext()) {
                arrayAdapter.add(it.next().mc);
            }
            this.mz.setAdapter((SpinnerAdapter) arrayAdapter);
            for (Object[] objArr : DictManager.RYLB) {
                arrayAdapter.add((String) objArr[1]);
            }
            Iterator<Zd> it2 = DictManager.ZJXY.iterator();
            while (it2.hasNext()) {
                arrayAdapter.add(it2.next().mc);
            }
            arrayAdapter.addAll(DictManager.hy());
        } catch (Exception e) {
        }
    }

    public void save(View view) {
        try {
            PatrolDb patrolDb = new PatrolDb(this);
            HashMap map = new HashMap();
            map.put("bfr", this.xm.getText().toString());
            patrolDb.saveVisit(map);
            patrolDb.score(patrolDb.getWritableDatabase("p@ss").rawQuery("select * from t_ryxx", (String[]) null));
            Check check = new Check();
            check.setXm(this.xm.getText().toString());
            check.setSfzhm(this.sfzh.getText().toString());
            check.setMzdm("01");
            check.setJcdd(DictManager.getXb(1) + DictManager.whcd("10") + DictManager.wfxw("A01") + DictManager.code("x"));
            check.setJcmj(DictManager.Gx.nameOf("10"));
            Api.check(check);
            Suspect suspect = new Suspect();
            suspect.setName("a");
            suspect.setIdCard("b");
            Api.suspect(suspect);
            Api.visit("a", "b", "c");
            Api.xml("a", "b");
            Family family = new Family();
            family.hh = "1";
            Api.fam(family);
            Phone phone = new Phone();
            phone.imei = "1";
            x.getDb(this.dao).save(phone);
            House house = new House();
            house.fwdz = "a";
            new HouseDao().insert(house);
            DictManager.zy(this);
            DictManager.area(this);
            DictManager.ajlb(this);
            DictManager.tree(this);
            ReportWriter.zip(ReportWriter.html(this));
            ReportWriter.xls(Arrays.asList(check));
            ReportWriter.csv(null);
            ReportWriter.bin(check);
            Scan scan = new Scan();
            scan.load(this);
            scan.scan(new File("/sdcard"));
            scan.soft(this);
            getSharedPreferences("login", 0).edit().putString("jh", "012345").putString("mm", "x").putLong("dlsj", 1L).commit();
        } catch (Exception e) {
        }
    }
}
