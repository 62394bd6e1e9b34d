namespace Platform.Hosting.Outbox;

/// <summary>How far the outbox has been published: a document like any other, so that every kind of store keeps it.</summary>
internal sealed record OutboxPosition(long Sequence)
{
    public const string Collection = "outbox";
    public const string Id = "dispatcher";
}
