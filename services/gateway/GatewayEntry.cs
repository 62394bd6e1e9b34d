namespace Platform.Gateway;

/// <summary>Names this assembly to a test host.</summary>
public sealed class GatewayEntry;
