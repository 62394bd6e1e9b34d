namespace Platform.Inference.Protocol.Numbers;

/// <summary>What is wrong with the elements of a tensor in JSON.</summary>
internal enum ElementProblem
{
    None,
    Malformed,
    WrongType,
    NotWhole,
    OutOfRange,
    TooMany,
    TooFew,
    TooDeep,
    NotText,
}
