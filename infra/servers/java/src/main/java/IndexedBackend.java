import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractUniqueIndex;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/**
 * mongo-java-server's H2 backend, but its collections copy on write, and a unique index also answers queries that have
 * more conditions than its keys, as mongod's do: by itself the server scans the collection for
 * <code>{ _id, version }</code>, which is what every optimistic update asks for.
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
            String map = getFullCollectionNamespace(collection) + "._index_" + name;
            var positions = getMvStore().openMap(map, new MVMap.Builder<KeyValue, Object>().keyType(new KeyType()));
            return new SelectiveIndex(positions, name, keys, sparse);
        }

        @Override
        protected MongoCollection<Object> openOrCreateCollection(String name, CollectionOptions options) {
            String map = getFullCollectionNamespace(name);
            MVMap<Object, Document> documents =
                    getMvStore().openMap("databases." + map, new MVMap.Builder<Object, Document>().valueType(new DocumentType()));
            MVMap<String, Object> meta = getMvStore().openMap("meta." + map);
            return new CopyOnWriteCollection(this, name, options, documents, meta, cursorRegistry);
        }
    }

    /** Selects candidates by its keys alone; the collection compares each of them with the whole query. */
    private static final class SelectiveIndex extends AbstractUniqueIndex<Object> {
        private final MVMap<KeyValue, Object> positions;
        private final Set<String> keyNames = keySet();

        SelectiveIndex(MVMap<KeyValue, Object> positions, String name, List<IndexKey> keys, boolean sparse) {
            super(name, keys, sparse);
            this.positions = positions;
        }

        @Override
        public boolean canHandle(Document query) {
            if (!query.keySet().containsAll(keyNames)) return false;
            Document ownPart = new Document();
            for (String key : keyNames) ownPart.put(key, query.get(key));
            return super.canHandle(ownPart);
        }

        @Override
        protected Object getPosition(KeyValue key) {
            return positions.get(key);
        }

        @Override
        protected boolean putKeyPosition(KeyValue key, Object position) {
            return positions.putIfAbsent(key, Missing.ofNullable(position)) == null;
        }

        @Override
        protected Object removeDocument(KeyValue key) {
            return positions.remove(key);
        }

        @Override
        protected Iterable<Map.Entry<KeyValue, Object>> getIterable() {
            return positions.entrySet();
        }

        @Override
        public long getCount() {
            return positions.sizeAsLong();
        }

        @Override
        public long getDataSize() {
            return getCount();
        }
    }
}
