import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import org.h2.mvstore.MVStore;

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
        return new IndexedDatabase(name, getMvStore(), getCursorRegistry());
    }

    private static final class IndexedDatabase extends H2Database {
        IndexedDatabase(String name, MVStore store, CursorRegistry cursors) {
            super(name, store, cursors);
        }

        @Override
        protected Index<Object> openOrCreateUniqueIndex(String collection, String name, List<IndexKey> keys, boolean sparse) {
            return new SelectiveIndex(super.openOrCreateUniqueIndex(collection, name, keys, sparse), keys, sparse);
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
