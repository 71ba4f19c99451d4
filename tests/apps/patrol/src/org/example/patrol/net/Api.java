package org.example.patrol.net;

import com.alibaba.fastjson.JSON;
import com.alibaba.fastjson.JSONObject;
import org.example.patrol.bean.Check;
import org.example.patrol.bean.Family;
import org.example.patrol.bean.Suspect;
import com.thoughtworks.xstream.XStream;
import java.io.StringWriter;
import java.net.HttpURLConnection;
import java.net.URL;
import org.simpleframework.xml.core.Persister;

/* JADX INFO: loaded from: classes.dex */
public class Api {
    public static String post(String str, String str2) throws Exception {
        HttpURLConnection httpURLConnection = (HttpURLConnection) new URL("http://10.1.2.3:8080/xc/" + str).openConnection();
        httpURLConnection.setDoOutput(true);
        httpURLConnection.getOutputStream().write(str2.getBytes("utf-8"));
        return "" + httpURLConnection.getResponseCode();
    }

    public static void check(Check check) throws Exception {
        post("saveCheck", JSON.toJSONString(check));
    }

    public static void suspect(Suspect suspect) throws Exception {
        XStream xStream = new XStream();
        xStream.processAnnotations(Suspect.class);
        xStream.aliasField("BZ", Suspect.class, "remark");
        post("saveXyr", xStream.toXML(suspect));
    }

    public static void visit(String str, String str2, String str3) throws Exception {
        JSONObject jSONObject = new JSONObject();
        jSONObject.put("zfdx", str);
        jSONObject.put("zfnr", str2);
        jSONObject.put("zfmj", str3);
        JSONObject jSONObject2 = new JSONObject();
        jSONObject2.put("ticket", "x");
        jSONObject2.put("param", jSONObject);
        post("saveZf", jSONObject2.toJSONString());
    }

    public static void xml(String str, String str2) throws Exception {
        StringBuffer stringBuffer = new StringBuffer();
        stringBuffer.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?><REQ>");
        stringBuffer.append("<XM>").append(str).append("</XM>");
        stringBuffer.append("<SFZH>" + str2 + "</SFZH>");
        stringBuffer.append("<CXYY>").append("盘查").append("</CXYY></REQ>");
        post("query", stringBuffer.toString());
    }

    public static void fam(Family family) throws Exception {
        StringWriter stringWriter = new StringWriter();
        new Persister().write(family, stringWriter);
        post("jtcy", stringWriter.toString());
    }
}
