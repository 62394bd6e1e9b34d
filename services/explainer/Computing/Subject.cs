using Platform.Contracts.Registry;
using Platform.Explainer.Rows;

namespace Platform.Explainer.Computing;

/// <summary>What a request asks to explain: rows, and the version that answers them.</summary>
internal sealed record Subject(ModelVersionDescription Version, IReadOnlyList<GivenTensor> Inputs);
