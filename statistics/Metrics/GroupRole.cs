namespace Platform.Statistics.Metrics;

/// <summary>What becomes of a group in a comparison.</summary>
public enum GroupRole
{
    /// <summary>It is compared with the reference group.</summary>
    Compared,

    /// <summary>The others are compared with it.</summary>
    Reference,

    /// <summary>It has too few rows to be judged.</summary>
    TooFew,

    /// <summary>There is nothing to compare it with: the reference group has too few rows.</summary>
    Alone,
}
