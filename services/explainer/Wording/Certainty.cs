namespace Platform.Explainer.Wording;

/// <summary>How sure the parts of an explanation are.</summary>
internal enum Certainty
{
    Exact,
    Estimated,
    Unknown,
    Fitted,
}
