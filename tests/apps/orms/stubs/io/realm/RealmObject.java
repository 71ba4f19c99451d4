package io.realm;

public abstract class RealmObject {
}
