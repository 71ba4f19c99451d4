package org.example.clinic;

import android.app.Activity;
import android.content.Context;
import android.content.SharedPreferences;
import android.os.AsyncTask;
import android.os.Bundle;
import android.telephony.SmsManager;
import android.telephony.TelephonyManager;
import android.util.Base64;
import android.view.View;
import android.webkit.WebView;
import android.widget.Button;
import android.widget.EditText;
import com.android.volley.toolbox.StringRequest;
import com.android.volley.toolbox.Volley;
import com.google.gson.Gson;
import com.loopj.android.http.AsyncHttpClient;
import com.loopj.android.http.RequestParams;
import com.lzy.okgo.OkGo;
import java.io.ByteArrayInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import okhttp3.FormBody;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.apache.commons.net.ftp.FTPClient;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.json.JSONObject;
import org.ksoap2.serialization.SoapObject;
import org.ksoap2.serialization.SoapSerializationEnvelope;
import org.ksoap2.transport.HttpTransportSE;
import retrofit2.Retrofit;

/** Each method sends in one way. */
public class Main extends Activity implements View.OnClickListener {
    private static final String HOST = "https://intake.example.invalid";
    private EditText name;
    private final OkHttpClient client = new OkHttpClient();

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        name = (EditText) findViewById(android.R.id.edit);
        ((Button) findViewById(android.R.id.button1)).setOnClickListener(this);
    }

    @Override
    public void onClick(View view) {
        try {
            Net.signIn(name.getText().toString(), "x");
            Map<String, String> visit = new HashMap<String, String>();
            visit.put("sfzh", name.getText().toString());
            visit.put("imei", ((TelephonyManager) getSystemService(TELEPHONY_SERVICE)).getDeviceId());
            Net.post("/visit/add", visit);
            new Upload("scan").execute("7", "left");
            plain();
            json();
            files();
            declared();
            volley();
            handed();
            called();
            soap();
            async();
            chained();
            gate("login", new JSONObject().put("user", name.getText()));
            gate("upload", new JSONObject().put("photo", 1).put("place", 2));
            sealed();
            packed();
            settable();
            wires();
            queue();
            store();
            text();
            page();
            asked();
            unsent();
        } catch (Exception error) {
            throw new RuntimeException(error);
        }
    }

    void plain() throws Exception {
        HttpURLConnection way = (HttpURLConnection) new URL(HOST + "/plain?unit=4").openConnection();
        way.setRequestMethod("POST");
        way.setRequestProperty("Content-Type", "application/x-www-form-urlencoded");
        DataOutputStream out = new DataOutputStream(way.getOutputStream());
        out.writeBytes("phone=" + name.getText());
        out.writeBytes("&city=" + "X");
        out.flush();
        way.getResponseCode();
        way.getInputStream();
    }

    void json() throws Exception {
        String body = new JSONObject().put("temperature", name.getText()).put("unit", "C").toString();
        Request request = new Request.Builder().url(HOST + "/json").header("X-Token", "t")
            .post(RequestBody.create(MediaType.parse("application/json"), body)).build();
        client.newCall(request).execute();
        String record = new Gson().toJson(new Visit());
        client.newCall(new Request.Builder().url(HOST + "/record")
            .post(RequestBody.create(MediaType.parse("application/json"), record)).build()).execute();
    }

    void files() throws Exception {
        MultipartBody body = new MultipartBody.Builder().addFormDataPart("kind", "face")
            .addFormDataPart("photo", "a.jpg", RequestBody.create(MediaType.parse("image/jpeg"), new File("a")))
            .build();
        client.newCall(new Request.Builder().url(HOST + "/files").post(body).build()).execute();
    }

    void declared() {
        Api api = new Retrofit.Builder().baseUrl(HOST + "/api/").build().create(Api.class);
        api.visits("12", "2020").execute();
        api.sign(name.getText().toString(), "usb").execute();
        Map<String, String> words = new HashMap<String, String>();
        words.put("surname", name.getText().toString());
        api.search(words).execute();
    }

    void volley() {
        Volley.newRequestQueue(this).add(new StringRequest(1, HOST + "/volley", null, null) {
            @Override
            protected Map<String, String> getParams() {
                Map<String, String> values = new HashMap<String, String>();
                values.put("blood", name.getText().toString());
                return values;
            }
        });
    }

    /** One object carries address and body through others to a queue that takes any request. */
    void handed() throws Exception {
        Wish wish = new Wish();
        wish.setTo(" " + HOST + "/handed");
        wish.setSaid(new JSONObject().put("allergy", name.getText()));
        new Desk().visit(wish);
        Wish other = new Wish();
        other.setTo(HOST + "/handed/again");
        new Desk().visit(other);
    }

    /** A call is made here and sent there; the request of another is made here and called there. */
    void called() throws Exception {
        OkHttpClient client = new OkHttpClient();
        Net.start(client.newCall(new Request.Builder().url(HOST + "/called/here").build()));
        Net.call(client, new Request.Builder().url(HOST + "/called/there").build());
    }

    void soap() {
        SoapObject call = new SoapObject("http://tempuri.org/", "GetPatient");
        call.addProperty("card", name.getText().toString());
        SoapSerializationEnvelope envelope = new SoapSerializationEnvelope(110);
        envelope.bodyOut = call;
        new HttpTransportSE("http://10.1.2.3/his.asmx", 5000).call("http://tempuri.org/GetPatient", envelope);
    }

    void async() {
        RequestParams params = new RequestParams();
        params.put("gps", name.getText().toString());
        params.put("voice", new File("a.amr"));
        new AsyncHttpClient().post(HOST + "/async", params, null);
    }

    void chained() {
        OkGo.<String>post(HOST + "/chained").headers("X-A", "1").params("plate", "X1").execute(null);
    }

    /** One address, and an action that says what is meant. */
    void gate(String action, JSONObject more) throws Exception {
        more.put("action", action);
        client.newCall(new Request.Builder().url(HOST + "/gate")
            .post(RequestBody.create(MediaType.parse("application/json"), more.toString())).build()).execute();
    }

    void sealed() throws Exception {
        Cipher cipher = Cipher.getInstance("AES");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec("0123456789abcdef".getBytes(), "AES"));
        String body = "{\"religion\":\"" + name.getText() + "\"}";
        String closed = Base64.encodeToString(cipher.doFinal(body.getBytes()), 0);
        FormBody form = new FormBody.Builder().add("data", closed).build();
        client.newCall(new Request.Builder().url(HOST + "/sealed").post(form).build()).execute();
    }

    void packed() throws Exception {
        HttpURLConnection way = (HttpURLConnection) new URL(HOST + "/packed").openConnection();
        way.setDoOutput(true);
        OutputStream out = new GZIPOutputStream(way.getOutputStream());
        out.write(("log=" + name.getText()).getBytes());
        out.close();
        way.getResponseCode();
    }

    /** The server can be set; the app brings one. */
    void settable() throws Exception {
        SharedPreferences settings = getSharedPreferences("settings", Context.MODE_PRIVATE);
        settings.edit().putString("server", name.getText().toString()).commit();
        String server = settings.getString("server", "");
        new URL("http://" + server + ":8080/settable").openStream();
    }

    void wires() throws Exception {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress("192.168.43.1", 9100), 1000);
        socket.getOutputStream().write(("ID:" + name.getText()).getBytes());
        byte[] data = "hello".getBytes();
        new DatagramSocket().send(new DatagramPacket(data, data.length, InetAddress.getByName("192.168.43.255"), 9101));
        new ServerSocket(9102).accept();
    }

    void queue() {
        MqttClient broker = new MqttClient("tcp://broker.example.invalid:1883", "ward");
        broker.publish("ward/4/alarm", new MqttMessage("{\"bed\":4}".getBytes()));
    }

    void store() throws Exception {
        FTPClient store = new FTPClient();
        store.connect("ftp.example.invalid", 2121);
        store.login("ward", "secret-word");
        store.storeFile("scan.zip", new ByteArrayInputStream(new byte[0]));
    }

    void text() {
        SmsManager.getDefault().sendTextMessage("10086", null, "BED " + name.getText(), null, null);
    }

    void page() {
        WebView page = new WebView(this);
        page.loadUrl(HOST + "/page?lang=zh");
        page.loadUrl("file:///android_asset/help.html");
        page.loadUrl("javascript:back()");
    }

    /** Nobody calls it. */
    void never() throws Exception {
        Net.post("/never", new HashMap<String, String>());
    }

    void asked() throws Exception {
        new Thread(new Runnable() {
            @Override
            public void run() {
                try {
                    new URL(HOST + "/asked").openConnection().getInputStream();
                } catch (java.io.IOException error) {
                    throw new RuntimeException(error);
                }
            }
        }).start();
    }

    /** Looks like sending: nothing of this leaves. */
    void unsent() throws Exception {
        FormBody form = new FormBody.Builder().add("kept", "at home").build();
        Request request = new Request.Builder().url("https://unsent.example.invalid/a").post(form).build();
        FileOutputStream file = new FileOutputStream(new File(getFilesDir(), "b"));
        file.write("name=kept&way=file".getBytes());
        file.close();
        android.util.Log.d("x", "https://logged.example.invalid/" + request);
    }

    /** Sends elsewhere. */
    static class Upload extends AsyncTask<String, Void, Void> {
        private final String kind;

        Upload(String kind) {
            this.kind = kind;
        }

        @Override
        protected Void doInBackground(String... given) {
            Map<String, String> values = new HashMap<String, String>();
            values.put("kind", kind);
            values.put("finger", given[1]);
            try {
                Net.post("/upload/" + given[0], values);
            } catch (Exception error) {
                return null;
            }
            return null;
        }
    }
}
