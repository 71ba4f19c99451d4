package org.eclipse.paho.client.mqttv3;
public class MqttClient {
    public MqttClient(String server, String client) {}
    public void publish(String topic, MqttMessage message) {}
}
