package org.example.household;
import android.app.Activity;
import android.view.View;
import android.widget.*;
import java.util.ArrayList;
import java.util.List;
public class KindsPopup extends PopupWindow {
    public interface OnChosen { void chosen(String text); }
    private final List<String> list = new ArrayList<>();
    private final List<String> steps = new ArrayList<>();
    public KindsPopup(Activity activity, final OnChosen onChosen) {
        list.add("无");
        list.add("重点人员");
        list.add("涉毒");
        list.add("犯罪嫌疑人");
        list.add("其他");
        steps.add("opened the door");
        steps.add("went in");
        steps.add("closed the door");
        ListView view = new ListView(activity);
        view.setAdapter(new ArrayAdapter<String>(activity, android.R.layout.simple_list_item_1, list));
        view.setOnItemClickListener(new AdapterView.OnItemClickListener() {
            @Override
            public void onItemClick(AdapterView<?> parent, View row, int position, long id) {
                onChosen.chosen((String) parent.getItemAtPosition(position));
            }
        });
        setContentView(view);
    }
}
