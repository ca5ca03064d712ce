/** Tokens that the program has a value for. */
export const KNOWN = [
  /^secret:[a-z0-9-]+\/[a-z0-9-]+$/,
  /^(address|tunnel):(control|compute|network|storage)$/,
  /^self:(name|uuid|address|tunnel|provider|bridge_mappings)$/,
  /^fact:(virt_type|datapath|datapath_type|userspace|tunnel_interface|provider_interface|tunnel_device|device_mapper|iscsi|cpu_model|cpus|memory|cgroup)$/,
  /^setting:(region|workers|virtualization|datapath|release|guest_image|guest_url|guest_sha256)$/,
  /^lab:(hosts|names|nodes|compute_nodes|tunnel_prefix|provider_cidr|provider_gateway|pool_first|pool_last|floating|public_key)$/,
  /^here:(ssh|lab|private_key)$/,
  /^guest:path$/,
];
