package org.example;
import android.app.Activity;
import android.os.Bundle;
import android.widget.EditText;
import java.util.HashMap;
public final class Main extends Activity {
    private ItemView itemName;
    private ItemView itemSfzh;
    @Override
    protected void onCreate(Bundle bundle) {
        super.onCreate(bundle);
        setContentView(R.layout.activity_main);
        this.itemName = (ItemView) findViewById(R.id.item_name);
        this.itemSfzh = (ItemView) findViewById(R.id.item_sfzh);
    }
    public void save(android.view.View view) {
        HashMap<String, String> hashMap = new HashMap<>();
        hashMap.put("xm", this.itemName.getValue());
        hashMap.put("sfzh", this.itemSfzh.getValue());
        hashMap.put("zjxy", ((EditText) findViewById(R.id.inc_faith).findViewById(R.id.et_value)).getText().toString());
        hashMap.put("gzdw", ((EditText) findViewById(R.id.et_gzdw)).getText().toString());
        Http.post("http://10.0.0.1/api/person/save", hashMap);
    }
}
