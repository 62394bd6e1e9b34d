using Platform.Contracts.Registry;

namespace Platform.Registry.Uploads;

/// <summary>What a model file says of itself, and which build has read it.</summary>
internal sealed record ModelFacts(ModelSignature Signature, long Opset, string Producer, string VettedBy);
