from hafei_crm.embedded.keeper import keep_servers

keep_servers()
