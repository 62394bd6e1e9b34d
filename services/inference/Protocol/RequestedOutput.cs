namespace Platform.Inference.Protocol;

/// <summary>An output that a request asks for.</summary>
/// <param name="Index">Its place in the signature.</param>
/// <param name="Binary">Whether its elements are to come as raw bytes behind the JSON; null to follow the request as a whole.</param>
/// <param name="Classes">Above 0, that many best classes are wanted instead of the tensor.</param>
internal readonly record struct RequestedOutput(int Index, bool? Binary = null, int Classes = 0);
