namespace Platform.Monitor.Search;

/// <summary>The work that a page may do: so many rows that are looked at, in so much time. What has begun is ended, so that every page gets on.</summary>
internal sealed class PageBudget(TimeProvider time)
{
    /// <summary>The rows after which a page ends, and the most that are looked at of one record.</summary>
    public const int Rows = 20_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly long _started = time.GetTimestamp();
    private int _left = Rows;

    public bool IsSpent => _left <= 0 || time.GetElapsedTime(_started) >= Patience;

    public void Spend(int rows) => _left -= rows;
}
