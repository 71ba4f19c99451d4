package org.example.patrol.dict;

import android.content.Context;
import android.util.Xml;
import com.alibaba.fastjson.JSON;
import com.alibaba.fastjson.JSONArray;
import com.alibaba.fastjson.JSONObject;
import org.example.patrol.R;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.xmlpull.v1.XmlPullParser;

/* JADX INFO: loaded from: classes.dex */
public class DictManager {
    private static final String HY = "1|未婚;2|已婚;3|丧偶;4|离婚";
    public static final int XB_NAN = 1;
    public static final int XB_NV = 2;
    public static final List<Zd> ZJXY = new ArrayList<Zd>() { // from class: org.example.patrol.dict.DictManager.1
        {
            add(new Zd("00", "无宗教信仰"));
            add(new Zd("10", "佛教"));
            add(new Zd("20", "喇嘛教"));
            add(new Zd("30", "道教"));
            add(new Zd("40", "天主教"));
            add(new Zd("60", "伊斯兰教"));
        }
    };
    public static final Object[][] RYLB = {new Object[]{1, "涉恐人员"}, new Object[]{2, "上访人员"}, new Object[]{3, "刑满释放人员"}, new Object[]{4, "吸毒人员"}};
    private static Map<String, String> whcd = new HashMap();

    static {
        String[] strArr = {"10", "20", "40", "60", "70", "80", "90"};
        String[] strArr2 = {"研究生", "大学本科", "中专", "高中", "初中", "小学", "文盲或半文盲"};
        for (int i = 0; i < 7; i++) {
            whcd.put(strArr[i], strArr2[i]);
        }
    }

    public enum Gx {
        PEIOU("10", "配偶"),
        ZI("20", "子"),
        NV("30", "女"),
        FUMU("50", "父母");

        public final String code;
        public final String name;

        Gx(String str, String str2) {
            this.code = str;
            this.name = str2;
        }

        public static String nameOf(String str) {
            for (Gx gx : values()) {
                if (gx.code.equals(str)) {
                    return gx.name;
                }
            }
            return "";
        }
    }

    public static String[] hy() {
        return HY.split(";");
    }

    public static String getXb(int i) {
        if (i == 1) {
            return "男";
        }
        return i == 2 ? "女" : "未知";
    }

    public static String whcd(String str) {
        return whcd.get(str);
    }

    public static int code(String str) {
        if (str.equals("礼拜五")) {
            return 5;
        }
        return str.equals("礼拜天") ? 7 : 0;
    }

    public static String wfxw(String str) {
        if (TextUtil.eq(str, "A01")) {
            return "非法出境";
        }
        if (TextUtil.eq(str, "A02")) {
            return "私自学经";
        }
        return TextUtil.eq(str, "A03") ? "使用翻墙软件" : "其他";
    }

    public static List<Zd> mz(Context context) throws Exception {
        InputStream inputStreamOpen = context.getAssets().open("mz.json");
        byte[] bArr = new byte[inputStreamOpen.available()];
        inputStreamOpen.read(bArr);
        ArrayList arrayList = new ArrayList();
        JSONArray array = JSON.parseArray(new String(bArr, "utf-8"));
        for (int i = 0; i < array.size(); i++) {
            JSONObject jSONObject = array.getJSONObject(i);
            arrayList.add(new Zd(jSONObject.getString("dm"), jSONObject.getString("mc")));
        }
        return arrayList;
    }

    public static List<Zd> zy(Context context) throws Exception {
        XmlPullParser xmlPullParserNewPullParser = Xml.newPullParser();
        xmlPullParserNewPullParser.setInput(context.getAssets().open("dict/zidian.xml"), "utf-8");
        ArrayList arrayList = new ArrayList();
        while (true) {
            int next = xmlPullParserNewPullParser.next();
            if (next == 1) {
                return arrayList;
            }
            if (next == 2 && xmlPullParserNewPullParser.getName().equals("item")) {
                arrayList.add(new Zd(xmlPullParserNewPullParser.getAttributeValue(null, "code"), xmlPullParserNewPullParser.getAttributeValue(null, "value")));
            }
        }
    }

    public static List<Zd> area(Context context) throws Exception {
        BufferedReader bufferedReader = new BufferedReader(new InputStreamReader(context.getResources().openRawResource(R.raw.xzqh), "GBK"));
        ArrayList arrayList = new ArrayList();
        while (true) {
            String line = bufferedReader.readLine();
            if (line == null) {
                return arrayList;
            }
            String[] strArrSplit = line.split("\t");
            arrayList.add(new Zd(strArrSplit[0], strArrSplit[1]));
        }
    }

    public static Properties ajlb(Context context) throws Exception {
        Properties properties = new Properties();
        properties.load(context.getAssets().open("ajlb.properties"));
        return properties;
    }

    public static JSONArray tree(Context context) throws Exception {
        InputStream inputStreamOpen = context.getAssets().open("rysx_tree.json");
        byte[] bArr = new byte[inputStreamOpen.available()];
        inputStreamOpen.read(bArr);
        return JSON.parseObject(new String(bArr)).getJSONArray("data");
    }
}
