package de.greenrobot.dao; public abstract class AbstractDao<T,K> { protected abstract void bindValues(android.database.sqlite.SQLiteStatement s, T t); public long insert(T t){return 0;} }
