namespace Ecert.Gateway.NotOffered;

// Services of the contract of which this release offers no verb yet. They are mapped, so that a caller is told
// UNIMPLEMENTED with a reason of ours by the edge, after the same checks as everywhere.

/// <summary>Not offered yet.</summary>
internal sealed class AppointmentService : V1.AppointmentService.AppointmentServiceBase;

/// <summary>Not offered yet.</summary>
internal sealed class PrescriptionService : V1.PrescriptionService.PrescriptionServiceBase;

/// <summary>Not offered yet.</summary>
internal sealed class SocialSecurityService : V1.SocialSecurityService.SocialSecurityServiceBase;

/// <summary>Not offered yet.</summary>
internal sealed class GovernmentService : V1.GovernmentService.GovernmentServiceBase;

/// <summary>Not offered yet.</summary>
internal sealed class ProvinceService : V1.ProvinceService.ProvinceServiceBase;
