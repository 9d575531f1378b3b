import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.h2.H2Collection;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.util.ArrayList;
import java.util.List;
import org.h2.mvstore.MVMap;

/**
 * A collection whose stored documents never change: an update changes a copy and stores that. By itself the server
 * changes the stored document field by field, while answers that were given before are still encoded from it, and while
 * the store writes it to its file: both could hold the new version beside an old price.
 */
final class CopyOnWriteCollection extends H2Collection {
    /** Whether what is queried is about to be changed; guarded by this collection's lock, as every access is. */
    private boolean updating;

    CopyOnWriteCollection(
            MongoDatabase database,
            String name,
            CollectionOptions options,
            MVMap<Object, Document> documents,
            MVMap<String, Object> meta,
            CursorRegistry cursors) {
        super(database, name, options, documents, meta, cursors);
    }

    @Override
    public synchronized Document updateDocuments(
            Document selector, Document update, ArrayFilters filters, boolean isMulti, boolean isUpsert, Oplog oplog) {
        updating = true;
        try {
            return super.updateDocuments(selector, update, filters, isMulti, isUpsert, oplog);
        } finally {
            updating = false;
        }
    }

    @Override
    public synchronized Document findAndModify(Document command) {
        updating = true;
        try {
            return super.findAndModify(command);
        } finally {
            updating = false;
        }
    }

    @Override
    protected QueryResult queryDocuments(
            Document query, Document orderBy, int skip, int limit, int batchSize, Document fieldSelector) {
        QueryResult found = super.queryDocuments(query, orderBy, skip, limit, batchSize, fieldSelector);
        if (!updating) return found;
        List<Document> copies = new ArrayList<>();
        for (Document document : found) copies.add(document.cloneDeeply());
        return new QueryResult(copies, found.getCursorId());
    }
}
