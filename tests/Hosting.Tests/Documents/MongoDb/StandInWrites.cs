using MongoDB.Bson;

namespace Platform.Hosting.Tests.Documents.MongoDb;

/// <summary>The commands that write, over one view.</summary>
internal static class StandInWrites
{
    private const int DuplicateKey = 11000;

    public static BsonDocument Insert(StandInView view, string name, BsonDocument command)
    {
        var inserted = 0;
        foreach (var document in command["documents"].AsBsonArray.Select(value => value.AsBsonDocument))
        {
            if (view.Find(name, document["_id"]) is not null)
                return new BsonDocument { ["n"] = inserted, ["writeErrors"] = new BsonArray { Duplicate(inserted, name) } };
            view.Set(name, document);
            inserted++;
        }
        return new BsonDocument { ["n"] = inserted };
    }

    public static BsonDocument Update(StandInView view, string name, BsonDocument command)
    {
        var matched = 0;
        foreach (var update in command["updates"].AsBsonArray.Select(value => value.AsBsonDocument))
        {
            Check(update, "q", "u", "upsert", "multi");
            if (update.GetValue("upsert", false).AsBoolean || update.GetValue("multi", false).AsBoolean) throw StandInException.Unknown("upsert, multi");
            if (First(view, name, update["q"]) is not { } document) continue;
            view.Set(name, Changed(document, update["u"].AsBsonDocument));
            matched++;
        }
        return new BsonDocument { ["n"] = matched, ["nModified"] = matched };
    }

    public static BsonDocument Delete(StandInView view, string name, BsonDocument command)
    {
        var deleted = 0;
        foreach (var delete in command["deletes"].AsBsonArray.Select(value => value.AsBsonDocument))
        {
            Check(delete, "q", "limit");
            if (delete["limit"].ToInt32() != 1) throw StandInException.Unknown("a deletion of many");
            if (First(view, name, delete["q"]) is not { } document) continue;
            view.Remove(name, document["_id"]);
            deleted++;
        }
        return new BsonDocument { ["n"] = deleted };
    }

    public static BsonDocument FindAndModify(StandInView view, string name, BsonDocument command)
    {
        if (First(view, name, command["query"]) is not { } document) return new BsonDocument { ["value"] = BsonNull.Value };
        var changed = Changed(document, command["update"].AsBsonDocument);
        view.Set(name, changed);
        return new BsonDocument
        {
            ["lastErrorObject"] = new BsonDocument { ["n"] = 1, ["updatedExisting"] = true },
            ["value"] = command.GetValue("new", false).AsBoolean ? changed : document,
        };
    }

    private static BsonDocument? First(StandInView view, string name, BsonValue filter) =>
        view.Documents(name).FirstOrDefault(document => StandInQuery.Matches(document, filter.AsBsonDocument));

    /// <summary>The document replaced, or changed by <c>$inc</c> and <c>$set</c>.</summary>
    private static BsonDocument Changed(BsonDocument document, BsonDocument update)
    {
        if (!update.GetElement(0).Name.StartsWith('$')) return new BsonDocument { ["_id"] = document["_id"] }.Merge(update, overwriteExistingElements: true);
        var changed = document.DeepClone().AsBsonDocument;
        foreach (var change in update)
            foreach (var field in change.Value.AsBsonDocument)
                changed[field.Name] = change.Name switch
                {
                    "$set" => field.Value,
                    "$inc" => changed[field.Name].ToInt64() + field.Value.ToInt64(),
                    _ => throw StandInException.Unknown(change.Name),
                };
        return changed;
    }

    private static void Check(BsonDocument statement, params string[] known)
    {
        if (statement.Names.FirstOrDefault(name => !known.Contains(name)) is { } unknown) throw StandInException.Unknown(unknown);
    }

    private static BsonDocument Duplicate(int index, string name) => new()
    {
        ["index"] = index,
        ["code"] = DuplicateKey,
        ["errmsg"] = $"E11000 duplicate key error collection: {name} index: _id_",
    };
}
