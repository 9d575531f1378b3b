import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import de.bwaldvogel.mongo.bson.Document;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.h2.mvstore.type.ObjectDataType;

/**
 * mongo-java-server's H2 backend, but a unique index also answers queries that have more conditions than its keys, as
 * mongod's do: by itself the server scans the collection for <code>{ _id, version }</code>, which is what every
 * optimistic update asks for.
 */
final class IndexedBackend extends H2Backend {
    IndexedBackend(MVStore store) {
        super(store);
    }

    @Override
    protected MongoDatabase openOrCreateDatabase(String name) {
        return new IndexedDatabase(name);
    }

    /** An inner class: its parent's constructor opens the indexes already, and they need the backend's store. */
    private final class IndexedDatabase extends H2Database {
        IndexedDatabase(String name) {
            super(name, getMvStore(), getCursorRegistry());
        }

        @Override
        protected Index<Object> openOrCreateUniqueIndex(String collection, String name, List<IndexKey> keys, boolean sparse) {
            // Opened here first, the map keeps this type for its keys.
            String map = getFullCollectionNamespace(collection) + "._index_" + name;
            getMvStore().openMap(map, new MVMap.Builder<KeyValue, Object>().keyType(new KeyType()));
            return new SelectiveIndex(super.openOrCreateUniqueIndex(collection, name, keys, sparse), keys, sparse);
        }
    }

    /**
     * Compares keys by their serialized form, as H2 does by default, but serializes each key once: a lookup compares it
     * with a dozen others. The order, and so the file, stays the same.
     */
    private static final class KeyType extends BasicDataType<KeyValue> {
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
            objects.write(buffer, key);
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

    /** Selects candidates by its keys alone; the collection compares each of them with the whole query. */
    private static final class SelectiveIndex extends Index<Object> {
        private final Index<Object> index;

        SelectiveIndex(Index<Object> index, List<IndexKey> keys, boolean sparse) {
            super(index.getName(), keys, sparse);
            this.index = index;
        }

        private Document ownPartOf(Document query) {
            Document part = new Document();
            for (String key : keySet()) {
                if (query.containsKey(key)) part.put(key, query.get(key));
            }
            return part;
        }

        @Override
        public boolean canHandle(Document query) {
            return index.canHandle(ownPartOf(query));
        }

        @Override
        public Iterable<Object> getPositions(Document query) {
            return index.getPositions(ownPartOf(query));
        }

        @Override
        public Object getPosition(Document document) {
            return index.getPosition(document);
        }

        @Override
        public void checkAdd(Document document, MongoCollection<Object> collection) {
            index.checkAdd(document, collection);
        }

        @Override
        public void add(Document document, Object position, MongoCollection<Object> collection) {
            index.add(document, position, collection);
        }

        @Override
        public Object remove(Document document) {
            return index.remove(document);
        }

        @Override
        public void checkUpdate(Document before, Document after, MongoCollection<Object> collection) {
            index.checkUpdate(before, after, collection);
        }

        @Override
        public void updateInPlace(Document before, Document after, Object position, MongoCollection<Object> collection) {
            index.updateInPlace(before, after, position, collection);
        }

        @Override
        public long getCount() {
            return index.getCount();
        }

        @Override
        public long getDataSize() {
            return index.getDataSize();
        }

        @Override
        public boolean isUnique() {
            return index.isUnique();
        }

        @Override
        public void drop() {
            index.drop();
        }
    }
}
