package org.example;

import android.app.Activity;
import android.os.Bundle;
import android.view.View;
import android.widget.Button;
import android.widget.TextView;
import java.util.HashMap;
import java.util.Map;

/** States of matters in lists: an enum, an array, a map; compiled by javac and d8. */
public class Matters extends Activity implements View.OnClickListener {
  enum Status {
    WAIT(0, "待签收"),
    SIGNED(1, "已签收"),
    DONE(2, "已办结");

    final int code;
    final String label;

    Status(int code, String label) {
      this.code = code;
      this.label = label;
    }

    static Status of(int code) {
      for (Status one : values()) {
        if (one.code == code) {
          return one;
        }
      }
      return WAIT;
    }
  }

  static final String[] STATES = {"未处理", "处理中", "已处理", "已退回"};
  static final String[] DAYS = {"星期一", "星期二", "已处理"};
  static final Map<Integer, String> LEVELS = new HashMap<>();

  static {
    LEVELS.put(1, "待核查");
    LEVELS.put(2, "已核查");
    LEVELS.put(3, "已布控");
  }

  static class Matter {
    int status;
    int state;
    int level;
    int day;
  }

  Matter matter = new Matter();
  TextView label;
  Button next;

  @Override
  public void onCreate(Bundle given) {
    label = new TextView(this);
    next = new Button(this);
    next.setOnClickListener(this);
    label.setText(Status.of(matter.status).label);
    label.append(STATES[matter.state]);
    label.append(LEVELS.get(matter.level));
    label.append(DAYS[matter.day]);
    if (matter.status == 0) {
      next.setText("签收");
    } else if (matter.status == 1) {
      next.setText("反馈");
    } else {
      next.setText("查看");
    }
  }

  @Override
  public void onClick(View view) {
    matter.state = 1;
  }
}
