using Platform.Explainer.References;
using Platform.Hosting.Errors;

namespace Platform.Explainer.Dependence;

/// <summary>One way to say how a model's answer follows a feature. One file each, registered in <see cref="CurveMethods"/>.</summary>
internal interface ICurveMethod
{
    /// <summary>As requests and answers name it.</summary>
    string Name { get; }

    /// <summary>Follows a feature through its values.</summary>
    /// <param name="table">The rows, at least one; where the caller has brought a row, that one alone is followed by methods of single rows.</param>
    /// <param name="grid">The feature and its values.</param>
    /// <param name="cancellationToken">Checked between runs of the model.</param>
    Result<MeasuredCurve> Follow(ReferenceTable table, FeatureGrid grid, CancellationToken cancellationToken);
}
