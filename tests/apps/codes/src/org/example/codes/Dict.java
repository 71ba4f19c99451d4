package org.example.codes;

import android.util.SparseArray;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lists that code builds. */
public final class Dict {
    public static final Map<String, String> GENDER = new HashMap<>();
    public static final Map<Integer, String> VEHICLE = new LinkedHashMap<>();
    public static final SparseArray<String> TRAVEL = new SparseArray<>();
    public static final String[] CRIME = {"盗窃", "抢劫", "诈骗", "走私"};
    public static final String[] CRIME_CODE = {"A1", "A2", "A3", "B7"};
    public static final String[][] HEALTH = {{"0", "健康"}, {"1", "高血压"}, {"2", "糖尿病"}, {"3", "精神障碍"}};
    public static final String MIGRANTS = "1:常住人口,2:暂住人口,3:流动人口";

    static {
        GENDER.put("1", "男性");
        GENDER.put("2", "女性");
        GENDER.put("9", "未说明的性别");
        VEHICLE.put(1, "轿车");
        VEHICLE.put(2, "货车");
        VEHICLE.put(3, "摩托车");
        TRAVEL.put(5, "出国留学");
        TRAVEL.put(6, "境外探亲");
        TRAVEL.append(7, "出境未归");
    }

    private Dict() {
    }

    static List<Choice> habits() {
        List<Choice> list = new ArrayList<>();
        list.add(new Choice("1", "Wears a veil"));
        list.add(new Choice("2", "Has a beard"));
        list.add(new Choice("3", "Does not drink"));
        list.add(new Choice("4", "Avoids neighbours"));
        return list;
    }

    static List<Choice> welfare() {
        List<Choice> list = new ArrayList<>();
        Choice one = new Choice();
        one.setId("W1");
        one.setLabel("低保户");
        list.add(one);
        Choice two = new Choice();
        two.setId("W2");
        two.setLabel("五保户");
        list.add(two);
        Choice three = new Choice();
        three.setId("W3");
        three.setLabel("贫困户");
        list.add(three);
        return list;
    }

    static List<String> petitions() {
        return new ArrayList<>(Arrays.asList("越级上访", "群体性事件", "游行示威"));
    }

    static List<String> unions() {
        List<String> list = new ArrayList<>();
        list.add("Trade union member");
        list.add("Party member");
        list.add("Dissident");
        return list;
    }

    static String religionOf(int code) {
        switch (code) {
            case 1:
                return "Muslim";
            case 2:
                return "Hindu";
            case 7:
                return "Sikh";
            default:
                return "";
        }
    }

    static String residence(String code) {
        switch (code) {
            case "HJ":
                return "户籍人口";
            case "JZ":
                return "寄住";
            case "RH":
                return "人户分离";
            default:
                return "";
        }
    }

    static String military(int type) {
        String name = "";
        if (type == 1) {
            name = "Soldier";
        } else if (type == 2) {
            name = "Retired";
        } else if (type == 3) {
            name = "Civil servant";
        } else if (type == 4) {
            name = "Unemployed";
        }
        return name;
    }

    static String relation(String code) {
        String name = null;
        if ("F".equals(code)) {
            name = "Father";
        } else if ("M".equals(code)) {
            name = "Mother";
        } else if ("S".equals(code)) {
            name = "Spouse";
        }
        return name;
    }

    static int status(int code) {
        switch (code) {
            case 0:
                return R.string.ordinary;
            case 1:
                return R.string.wanted;
            case 2:
                return R.string.released;
            default:
                return 0;
        }
    }

    static int codeOf(String label) {
        if (label.equals("已婚")) {
            return 20;
        } else if (label.equals("未婚")) {
            return 10;
        } else if (label.equals("离婚")) {
            return 40;
        }
        return 90;
    }

    /** Look-alikes: HTTP answers, file types, colours by name, settings. */
    static String message(int status) {
        switch (status) {
            case 404:
                return "Not found, please try again later.";
            case 500:
                return "The server failed, please try again later.";
            case 503:
                return "The server is busy, please wait.";
            default:
                return "";
        }
    }

    static Map<String, String> types() {
        Map<String, String> map = new HashMap<>();
        map.put("jpg", "image/jpeg");
        map.put("png", "image/png");
        map.put("mp4", "video/mp4");
        return map;
    }

    static Map<String, Integer> colours() {
        Map<String, Integer> map = new HashMap<>();
        map.put("red", 0xffff0000);
        map.put("green", 0xff00ff00);
        map.put("blue", 0xff0000ff);
        return map;
    }
}
