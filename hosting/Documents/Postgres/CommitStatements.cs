using Npgsql;
using NpgsqlTypes;
using Platform.Hosting.Documents.Servers;

namespace Platform.Hosting.Documents.Postgres;

/// <summary>The statements that write a batch: one of each kind, however many documents there are.</summary>
internal static class CommitStatements
{
    /// <summary>Notes that the commit takes place; adds nothing when it has.</summary>
    public static NpgsqlBatchCommand Mark(BatchPlan plan) =>
        Command("insert into commits (id) values ($1) on conflict do nothing", new NpgsqlParameter { Value = plan.Id });

    /// <summary>The same; fails when it has.</summary>
    public static NpgsqlBatchCommand MarkNew(BatchPlan plan) =>
        Command("insert into commits (id) values ($1)", new NpgsqlParameter { Value = plan.Id });

    /// <summary>Locks the documents that exist, in their order; fails where one is not at the revision that is expected.</summary>
    public static NpgsqlBatchCommand LockAsExpected(IReadOnlyList<NetChange> changes) => Command(
        """
        with wanted as (select * from unnest($1, $2, $3) as wanted (collection, key, revision)),
        locked as (
          select d.collection, d.key, d.revision from wanted join documents d on d.collection = wanted.collection and d.key = wanted.key
          order by d.collection, d.key for update of d
        )
        select cast(case count(*) when 0 then '0' else 'documents at other revisions: ' || count(*) end as integer)
        from wanted left join locked on locked.collection = wanted.collection and locked.key = wanted.key
        where wanted.revision <> coalesce(locked.revision, 0)
        """,
        Collections(changes), Keys(changes),
        Parameters.Array(NpgsqlDbType.Bigint, changes.Select(change => change.Write.Source.ExpectedRevision)));

    /// <summary>Locks the documents that exist, in their order, and reads their revisions.</summary>
    public static NpgsqlBatchCommand Lock(IReadOnlyList<Target> targets) => Command(
        """
        select d.collection, d.key, d.revision from unnest($1, $2) as wanted (collection, key)
        join documents d on d.collection = wanted.collection and d.key = wanted.key
        order by d.collection, d.key for update of d
        """,
        Parameters.Texts(targets.Select(target => target.Collection)), Parameters.Texts(targets.Select(target => target.Key)));

    /// <summary>Everything but the insertion of new documents; the events come last.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Others(IReadOnlyList<NetChange> changes, BatchPlan plan)
    {
        if (Where(changes, change => change.IsUpdate) is { Count: > 0 } updates) yield return Update(updates);
        if (Where(changes, change => change.IsDelete) is { Count: > 0 } deletes) yield return Delete(deletes);
        if (Where(changes, change => change.Existed || change.IsBlind) is { Count: > 0 } existed) yield return ClearFields(existed);
        if (Fields(changes) is { Count: > 0 } fields) yield return AddFields(fields);
        if (plan.Events.Count == 0) yield break;
        yield return AddEvents(plan);
        yield return new NpgsqlBatchCommand("notify events");
    }

    /// <summary>Adds documents, except those that exist by now.</summary>
    public static NpgsqlBatchCommand Insert(IReadOnlyList<NetChange> changes) => Insert(changes, "on conflict do nothing");

    /// <summary>Adds documents; fails where one exists.</summary>
    public static NpgsqlBatchCommand InsertNew(IReadOnlyList<NetChange> changes) => Insert(changes, "");

    /// <summary>Adds documents, or puts their values in the place of what exists.</summary>
    public static NpgsqlBatchCommand Upsert(IReadOnlyList<NetChange> changes) => Insert(
        changes, "on conflict (collection, key) do update set revision = d.revision + 1, value = excluded.value");

    private static NpgsqlBatchCommand Insert(IReadOnlyList<NetChange> changes, string onConflict) => Command(
        $"""
        insert into documents as d (collection, key, original_id, revision, value)
        select * from unnest($1, $2, $3, $4, $5) {onConflict}
        """,
        Collections(changes), Keys(changes),
        Parameters.Array(NpgsqlDbType.Bytea, changes.Select(change => DocumentKey.Original(change.Write.Source.Id))),
        Revisions(changes), Values(changes));

    private static NpgsqlBatchCommand Update(IReadOnlyList<NetChange> changes) => Command(
        """
        update documents d set revision = changed.revision, value = changed.value
        from unnest($1, $2, $3, $4) as changed (collection, key, revision, value)
        where d.collection = changed.collection and d.key = changed.key
        """,
        Collections(changes), Keys(changes), Revisions(changes), Values(changes));

    private static NpgsqlBatchCommand Delete(IReadOnlyList<NetChange> changes) => Command(
        """
        delete from documents d using unnest($1, $2) as gone (collection, key)
        where d.collection = gone.collection and d.key = gone.key
        """,
        Collections(changes), Keys(changes));

    private static NpgsqlBatchCommand ClearFields(IReadOnlyList<NetChange> changes) => Command(
        """
        delete from document_fields f using unnest($1, $2) as changed (collection, key)
        where f.collection = changed.collection and f.key = changed.key
        """,
        Collections(changes), Keys(changes));

    private static NpgsqlBatchCommand AddFields(IReadOnlyList<(NetChange Change, KeyValuePair<string, string> Field)> fields) => Command(
        "insert into document_fields (collection, key, field, value) select * from unnest($1, $2, $3, $4)",
        Collections([.. fields.Select(field => field.Change)]), Keys([.. fields.Select(field => field.Change)]),
        Parameters.Texts(fields.Select(field => DocumentKey.Of(field.Field.Key))),
        Parameters.Texts(fields.Select(field => DocumentKey.Of(field.Field.Value))));

    private static NpgsqlBatchCommand AddEvents(BatchPlan plan) => Command(
        """
        with head as (update event_head set sequence = sequence + $1 returning sequence - $1 as before)
        insert into events (sequence, type, key, data, at, trace_parent)
        select before + position, type, key, data, $5, $6
        from head, unnest($2, $3, $4) with ordinality as added (type, key, data, position)
        """,
        Parameters.Number(plan.Events.Count),
        Parameters.Texts(plan.Events.Select(added => added.Type)),
        Parameters.Texts(plan.Events.Select(added => added.Key)),
        Parameters.Array(NpgsqlDbType.Json, plan.Events.Select(added => added.Data)),
        Parameters.Time(plan.At),
        Parameters.Text(plan.TraceParent));

    private static List<(NetChange Change, KeyValuePair<string, string> Field)> Fields(IReadOnlyList<NetChange> changes) =>
        [.. changes.Where(change => change.Write.Value is not null)
            .SelectMany(change => change.Write.Source.Index.Select(field => (change, field)))];

    private static List<NetChange> Where(IReadOnlyList<NetChange> changes, Func<NetChange, bool> condition) =>
        [.. changes.Where(condition)];

    private static NpgsqlParameter Collections(IReadOnlyList<NetChange> changes) =>
        Parameters.Texts(changes.Select(change => change.Write.Target.Collection));

    private static NpgsqlParameter Keys(IReadOnlyList<NetChange> changes) =>
        Parameters.Texts(changes.Select(change => change.Write.Target.Key));

    private static NpgsqlParameter Revisions(IReadOnlyList<NetChange> changes) =>
        Parameters.Array(NpgsqlDbType.Bigint, changes.Select(change => change.Revision));

    private static NpgsqlParameter Values(IReadOnlyList<NetChange> changes) =>
        Parameters.Array(NpgsqlDbType.Json, changes.Select(change => change.Write.Value));

    private static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(parameter);
        return command;
    }
}
