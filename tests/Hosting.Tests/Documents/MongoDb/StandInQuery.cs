using MongoDB.Bson;

namespace Platform.Hosting.Tests.Documents.MongoDb;

/// <summary>Filters, sorts, limits and projects as a <c>find</c> command says.</summary>
internal static class StandInQuery
{
    public static IEnumerable<BsonDocument> Run(IEnumerable<BsonDocument> documents, BsonDocument command)
    {
        var found = documents.Where(document => Matches(document, command["filter"].AsBsonDocument));
        if (command.Contains("sort")) found = Sort(found, command["sort"].AsBsonDocument);
        if (command.Contains("limit")) found = found.Take(command["limit"].ToInt32());
        if (command.Contains("projection")) found = found.Select(document => Project(document, command["projection"].AsBsonDocument));
        return found;
    }

    public static bool Matches(BsonDocument document, BsonDocument filter) => filter.All(condition => condition.Name switch
    {
        "$and" => condition.Value.AsBsonArray.All(part => Matches(document, part.AsBsonDocument)),
        ['$', ..] => throw StandInException.Unknown(condition.Name),
        _ => Matches(document.GetValue(condition.Name, BsonNull.Value), condition.Value),
    });

    private static bool Matches(BsonValue value, BsonValue condition) =>
        condition is BsonDocument operators && operators.ElementCount > 0 && operators.GetElement(0).Name.StartsWith('$')
            ? operators.All(one => Matches(value, one.Name, one.Value))
            : Holds(value, condition);

    private static bool Matches(BsonValue value, string name, BsonValue operand) => name switch
    {
        "$eq" => Holds(value, operand),
        "$gt" => value.BsonType == operand.BsonType && StandInOrder.Instance.Compare(value, operand) > 0,
        "$lt" => value.BsonType == operand.BsonType && StandInOrder.Instance.Compare(value, operand) < 0,
        "$in" => operand.AsBsonArray.Any(one => Holds(value, one)),
        "$all" => operand.AsBsonArray.All(one => Holds(value, one)),
        _ => throw StandInException.Unknown(name),
    };

    /// <summary>An array holds what is one of its elements.</summary>
    private static bool Holds(BsonValue value, BsonValue wanted) => value == wanted || value is BsonArray array && array.Contains(wanted);

    private static IEnumerable<BsonDocument> Sort(IEnumerable<BsonDocument> documents, BsonDocument order)
    {
        var (name, direction) = (order.GetElement(0).Name, order.GetElement(0).Value.ToInt32());
        if (order.ElementCount != 1) throw StandInException.Unknown("a sort by several fields");
        return direction > 0
            ? documents.OrderBy(document => document[name], StandInOrder.Instance)
            : documents.OrderByDescending(document => document[name], StandInOrder.Instance);
    }

    private static BsonDocument Project(BsonDocument document, BsonDocument projection)
    {
        if (projection.Values.Any(value => value != 1)) throw StandInException.Unknown("a projection that excludes or computes");
        return new BsonDocument(document.Where(element => element.Name == "_id" || projection.Contains(element.Name)));
    }
}
