using Platform.Monitor.Versions;
using Platform.Statistics.Performance;

namespace Platform.Monitor.State;

/// <summary>The monitor's document collections.</summary>
internal static class Collections
{
    /// <summary>One document: where reading of the prediction log begins after a restart.</summary>
    public const string Positions = "positions";

    /// <summary>By version: what has been counted.</summary>
    public const string Versions = "versions";

    /// <summary>By version and number: what was found in a closed window.</summary>
    public const string Windows = "windows";

    /// <summary>By version and number: the performance of a closed window, as labels come in.</summary>
    public const string Performance = "performance";

    /// <summary>By version and number: the rows of a closed window that can still be labelled.</summary>
    public const string Outcomes = "outcomes";

    /// <summary>By version: what detectors have seen of its labelled predictions.</summary>
    public const string ErrorStreams = "error-streams";

    /// <summary>By version: labelled rows by route.</summary>
    public const string RouteLabels = "route-labels";

    /// <summary>By version: business outcomes by route.</summary>
    public const string RouteOutcomes = "route-outcomes";

    /// <summary>By bucket: business outcomes that wait.</summary>
    public const string HeldOutcomes = "held-outcomes";

    /// <summary>By bucket: labels that wait.</summary>
    public const string HeldLabels = "held-labels";

    /// <summary>By time: what people have said of predictions.</summary>
    public const string Feedback = "feedback";

    /// <summary>By number: predictions that wait for a label.</summary>
    public const string Reviews = "reviews";

    /// <summary>By id.</summary>
    public const string Alerts = "alerts";

    /// <summary>By id: rules that somebody has set.</summary>
    public const string AlertRules = "alert-rules";

    /// <summary>By version: how the latest windows met each rule.</summary>
    public const string Verdicts = "verdicts";

    /// <summary>The indexed field by which a version's windows are found.</summary>
    public const string VersionField = "version";

    /// <summary>Ids of windows sort as their numbers do.</summary>
    public static string WindowId(VersionKey version, long sequence) => $"{version}/{sequence:d12}";

    public static Dictionary<string, string> IndexOf(VersionKey version) => new() { [VersionField] = version.ToString() };
}
