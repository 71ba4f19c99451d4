package org.eclipse.paho.client.mqttv3;
public class MqttClient {
    public MqttClient(String address, String id) throws Exception { }
    public void publish(String topic, MqttMessage message) throws Exception { }
}
