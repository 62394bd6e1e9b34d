using Platform.Explainer.References;
using Platform.Hosting.Errors;

namespace Platform.Explainer.Importance;

/// <summary>One way to say how much a model goes by each feature. One file each, registered in <see cref="ImportanceMethods"/>.</summary>
internal interface IImportanceMethod
{
    /// <summary>As requests and answers name it.</summary>
    string Name { get; }

    /// <summary>Reference rows that are looked at when the request names no number.</summary>
    int DefaultRows { get; }

    /// <summary>Whether labelled rows tell it more than others.</summary>
    bool WantsLabels { get; }

    /// <summary>Measures every feature on the table's rows.</summary>
    Result<MeasuredImportance> Measure(ReferenceTable table, ImportanceSettings settings, CancellationToken cancellationToken);
}
