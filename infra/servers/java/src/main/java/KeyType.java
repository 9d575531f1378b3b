import de.bwaldvogel.mongo.backend.KeyValue;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.h2.mvstore.type.ObjectDataType;

/**
 * Compares keys by their serialized form, as H2 does by default, but serializes each key once: a lookup compares it
 * with a dozen others, and a page is written with each of its changes. The order, and so the file, stays the same.
 */
final class KeyType extends BasicDataType<KeyValue> {
    /** What begins a serialized object: ObjectDataType.TYPE_SERIALIZED_OBJECT. */
    private static final byte SERIALIZED_OBJECT = 19;

    private final ObjectDataType objects = new ObjectDataType();
    private final Map<KeyValue, byte[]> serialized = Collections.synchronizedMap(new WeakHashMap<>());

    private byte[] serialize(KeyValue key) {
        return serialized.computeIfAbsent(key, ObjectDataType::serialize);
    }

    @Override
    public int compare(KeyValue one, KeyValue other) {
        return one == other ? 0 : Arrays.compareUnsigned(serialize(one), serialize(other));
    }

    @Override
    public int getMemory(KeyValue key) {
        return objects.getMemory(key);
    }

    @Override
    public void write(WriteBuffer buffer, KeyValue key) {
        byte[] bytes = serialize(key);
        buffer.put(SERIALIZED_OBJECT).putVarInt(bytes.length).put(bytes);
    }

    @Override
    public KeyValue read(ByteBuffer buffer) {
        return (KeyValue) objects.read(buffer);
    }

    @Override
    public KeyValue[] createStorage(int size) {
        return new KeyValue[size];
    }
}
